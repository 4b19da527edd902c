import type { CloudAdapter } from '../adapter.ts';
import { openStates } from './inventory.ts';
import { TerraformStateSettings } from './schema.ts';

/** Terraform and OpenTofu states: what code believes to exist. */
export const terraformState = {
  id: 'terraform-state',
  title: 'Terraform or OpenTofu states',
  reads: 'State files on disk, raw (version 4) or as terraform show -json prints them.',
  settings: TerraformStateSettings,
  permissions: { read: [], write: [] },
  openInventory: (settings) => Promise.resolve(openStates(settings)),
} satisfies CloudAdapter<TerraformStateSettings>;
