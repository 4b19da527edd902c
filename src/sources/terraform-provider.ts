/** Families that more than one provider, or a provider of another name, belongs to. Keys: `namespace/name`, or `name`. */
const FAMILIES: Readonly<Record<string, string>> = {
  awscc: 'aws',
  google: 'gcp',
  'google-beta': 'gcp',
  googleworkspace: 'gcp',
  azurerm: 'azure',
  azuread: 'azure',
  azapi: 'azure',
  azurestack: 'azure',
  'hashicorp/kubernetes-alpha': 'kubernetes',
  'gavinbunney/kubectl': 'kubernetes',
  'alekc/kubectl': 'kubernetes',
};

/**
 * The provider of a resource in our words: `aws`, `azure`, `gcp`, `kubernetes`, or the provider's own name.
 * The host is not looked at: OpenTofu and private mirrors serve the same providers from other hosts. Nor does a fork
 * in another namespace escape the rules for its cloud: `acme/aws` is aws.
 *
 * @param name `aws` (Terraform 0.12) or `registry.terraform.io/hashicorp/aws`.
 * @param type the resource type, which names the provider when the plan does not.
 */
export function providerOf(name: string, type: string): string {
  const segments = (name === '' ? (type.split('_')[0] ?? type) : name).split('/');
  const last = segments.at(-1) ?? '';
  return own(segments.slice(-2).join('/')) ?? own(last) ?? last;
}

function own(key: string): string | undefined {
  return Object.hasOwn(FAMILIES, key) ? FAMILIES[key] : undefined;
}
