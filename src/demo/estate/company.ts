/** Who owns what in the company of the demo. Values suit all three clouds: Google takes small letters only. */
export interface Team {
  readonly owner: string;
  readonly costCenter: string;
}

export type TeamName = 'shop' | 'payments' | 'data' | 'platform';

export const TEAMS: Readonly<Record<TeamName, Team>> = {
  shop: { owner: 'team-shop', costCenter: '4711' },
  payments: { owner: 'team-payments', costCenter: '4720' },
  data: { owner: 'team-data', costCenter: '4802' },
  platform: { owner: 'team-platform', costCenter: '4900' },
};

/** Words that things are named by. */
export const PARTS = [
  'orders',
  'cart',
  'search',
  'billing',
  'invoices',
  'media',
  'sessions',
  'mail',
  'reports',
  'events',
  'stock',
  'prices',
] as const;
