import { REGION } from '../aws/estate.ts';

export const TAGS = { owner: 'team-shop', 'cost-center': '4711', environment: 'test' };
export const BUCKET = 'shop-data';

/** The code of the shop: a bucket, a disk and a network, all tagged alike. @param endpoint of an AWS that is not AWS. */
export function shop(endpoint: string): string {
  const services = ['ec2', 'iam', 's3', 's3control', 'sts'];
  return `
provider "aws" {
  region                      = "${REGION}"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  s3_use_path_style           = true
  endpoints {
${services.map((service) => `    ${service} = "${endpoint}"`).join('\n')}
  }
}
locals {
  tags = ${JSON.stringify(TAGS)}
}
resource "aws_s3_bucket" "data" {
  bucket = "${BUCKET}"
  tags   = local.tags
}
resource "aws_ebs_volume" "disk" {
  availability_zone = "${REGION}a"
  size              = 1
  encrypted         = true
  tags              = local.tags
}
resource "aws_vpc" "net" {
  cidr_block = "10.0.0.0/16"
  tags       = local.tags
}
output "volume" {
  value = aws_ebs_volume.disk.id
}
`;
}

/** Who owns what is said by the code for all of it, so what the cloud lost is known: it is written back. */
export const RULES = `rules:
  - id: owner
    policy: PC-TAG-001
    parameters: { keys: [owner] }
    enforce: deny
    repair:
      iac: write
      values:
        - map: { by: account, table: { "123456789012": ${TAGS.owner} } }
      caps: { count: 10, percent: 100 }
`;
