import { isSecretName } from '../../catalogue/secrets.ts';
import { joinPath } from '../../kit/paths.ts';
import { isRecord } from '../../kit/record.ts';

/** Attributes that are a secret although their name does not say so. */
const BY_TYPE: Readonly<Record<string, readonly string[]>> = {
  aws_secretsmanager_secret_version: ['secret_string', 'secret_binary'],
  aws_ssm_parameter: ['value'],
  azurerm_key_vault_secret: ['value'],
  google_secret_manager_secret_version: ['secret_data'],
  kubernetes_secret: ['data', 'binary_data'],
  kubernetes_secret_v1: ['data', 'binary_data'],
  random_password: ['result', 'bcrypt_hash'],
};

const MORE_NAMES =
  /(?:^|_)(?:connection_string|connection_url|private_key_pem|private_key_openssh|private_key_pkcs8|client_key|client_certificate_password|kube_config_raw|kube_admin_config_raw|sas_url|smtp_password_v4|shared_key|encrypted_password)$/;

/**
 * Paths that hold a secret by their name. A raw state marks only what the code marks: that a provider calls an attribute
 * sensitive is written down by recent versions alone, so the marks are not enough.
 */
export function secretPaths(type: string, attributes: Readonly<Record<string, unknown>>): string[] {
  const paths = (Object.hasOwn(BY_TYPE, type) ? (BY_TYPE[type] ?? []) : []).filter((name) =>
    Object.hasOwn(attributes, name),
  );
  const found = [...paths];
  collect(attributes, '', found);
  return found;
}

function collect(value: unknown, path: string, found: string[]): void {
  if (Array.isArray(value)) {
    for (const [at, element] of value.entries())
      if (typeof element === 'object') collect(element, joinPath(path, at), found);
  } else if (isRecord(value)) {
    for (const [key, member] of Object.entries(value)) {
      const at = joinPath(path, key);
      if (typeof member === 'object') collect(member, at, found);
      else if (typeof member === 'string' && (isSecretName(key) || MORE_NAMES.test(key)))
        found.push(at);
    }
  }
}
