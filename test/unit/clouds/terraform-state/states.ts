/** States as Terraform and OpenTofu write them, cut down to what a test is about. */

type Instance = Readonly<Record<string, unknown>>;

export interface WrittenResource {
  readonly module?: string;
  readonly mode?: string;
  readonly type: string;
  readonly name?: string;
  readonly provider?: string;
  readonly instances: readonly Instance[];
}

export const AWS = 'provider["registry.terraform.io/hashicorp/aws"]';

export function state(...resources: readonly WrittenResource[]): string {
  return JSON.stringify({
    version: 4,
    terraform_version: '1.9.8',
    serial: 7,
    lineage: '2f5e',
    outputs: { password: { value: 'output-secret', type: 'string', sensitive: true } },
    resources: resources.map((resource) => ({
      mode: 'managed',
      name: 'this',
      provider: AWS,
      ...resource,
    })),
  });
}

export function bucket(name: string, tags: Record<string, string>): WrittenResource {
  const attributes = { arn: `arn:aws:s3:::${name}`, bucket: name, id: name, tags, tags_all: tags };
  return { type: 'aws_s3_bucket', name, instances: [{ attributes, private: 'provider-secret' }] };
}
