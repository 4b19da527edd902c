import { DefaultAzureCredential } from '@azure/identity';
import type { TokenCredential } from '@azure/core-auth';

import type { CloudOutside } from '../adapter.ts';
import { CloudError } from '../errors.ts';
import type { AzureSettings } from './schema.ts';

/** How long a token from the environment is taken as good; Azure says when it is not, with a 401. */
const ASSUMED_LIFE_MS = 3_600_000;

/**
 * What the settings say: a token from a variable, or whatever Azure's own chain finds when it is first asked.
 *
 * @throws CloudError (CLOUD_CREDENTIALS) when the variable is empty.
 */
export function openCredential(settings: AzureSettings, outside: CloudOutside): TokenCredential {
  const { tokenVariable, tenant } = settings;
  if (tokenVariable === undefined)
    return new DefaultAzureCredential(tenant === undefined ? {} : { tenantId: tenant });
  const token = outside.env[tokenVariable];
  if (token === undefined || token === '')
    throw new CloudError(
      'CLOUD_CREDENTIALS',
      `inventory ${settings.name}: the variable ${tokenVariable} holds no access token`,
      { help: 'for a person: az account get-access-token --query accessToken --output tsv' },
    );
  return {
    getToken: () =>
      Promise.resolve({
        token,
        expiresOnTimestamp: outside.clock().getTime() + ASSUMED_LIFE_MS,
      }),
  };
}
