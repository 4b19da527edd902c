/** A value that is not known until apply. */
export const UNKNOWN: unique symbol = Symbol('unknown');

/** A fact's value: known, or not known yet. */
export type FactValue = boolean | string | number | typeof UNKNOWN;

/**
 * Every fact there is, with what it says. A kind gives only those that make sense for it: an absent fact means
 * "this kind has no such property", which is not the same as false.
 */
export const FACTS = {
  taggable: { type: 'boolean', says: 'It can carry tags or labels. Present only when true.' },
  stateful: {
    type: 'boolean',
    says: 'It holds data that is lost when it is deleted or replaced. Present only when true.',
  },
  encrypted_at_rest: { type: 'boolean', says: 'What it stores is encrypted on disk.' },
  encrypted_in_transit: { type: 'boolean', says: 'It takes encrypted connections only.' },
  customer_key: { type: 'boolean', says: 'Encryption uses a key that the customer manages.' },
  tls_version: { type: 'string', says: 'The lowest TLS version it accepts: 1.0, 1.1, 1.2, 1.3.' },
  public: { type: 'boolean', says: 'Anyone on the internet can reach or read it.' },
  public_ip: { type: 'boolean', says: 'It is given a public address.' },
  open_ingress: {
    type: 'boolean',
    says: 'A firewall rule of it admits every address (0.0.0.0/0, ::/0, Internet, *) to a port that is not a public web port, 80 or 443.',
  },
  open_admin_port: {
    type: 'boolean',
    says: 'A firewall rule of it admits every address to SSH (22) or RDP (3389).',
  },
  open_egress: {
    type: 'boolean',
    says: 'A firewall rule of it lets every port out to every address.',
  },
  logging: { type: 'boolean', says: 'Access to it, or what it does, is logged.' },
  log_retention_days: { type: 'number', says: 'Days that logs are kept; 0 means for ever.' },
  versioned: { type: 'boolean', says: 'Overwritten or deleted objects can be had back.' },
  backup: { type: 'boolean', says: 'It is backed up automatically.' },
  backup_retention_days: { type: 'number', says: 'Days that automatic backups are kept.' },
  deletion_protected: {
    type: 'boolean',
    says: 'It refuses to be deleted until protection is switched off.',
  },
  multi_zone: { type: 'boolean', says: 'It survives the loss of one zone.' },
  size: {
    type: 'string',
    says: 'Its instance type, machine type or SKU as the provider spells it.',
  },
  disk_gb: { type: 'number', says: 'Storage that it allocates, in GB.' },
  instance_count: { type: 'number', says: 'How many machines or replicas it runs at most.' },
  region: { type: 'string', says: 'The region or location it lives in.' },
  gpu: { type: 'boolean', says: 'It runs on machines with accelerators.' },
  key_rotation: { type: 'boolean', says: 'The key is rotated automatically.' },
  wildcard_actions: {
    type: 'boolean',
    says: 'A statement of it allows every action, or every action of a service.',
  },
  wildcard_resources: {
    type: 'boolean',
    says: 'A statement of it allows something on every resource.',
  },
  admin_access: {
    type: 'boolean',
    says: 'It grants everything on everything, or an owner or administrator role.',
  },
  anyone_trusted: {
    type: 'boolean',
    says: 'Any principal may use or assume it, without a condition.',
  },
  long_lived_key: {
    type: 'boolean',
    says: 'It is a credential without an end: an access key, a service account key.',
  },
  managed_identity: {
    type: 'boolean',
    says: 'It authenticates by an identity of the platform, not by a password.',
  },
  local_auth: {
    type: 'boolean',
    says: 'Passwords, keys or shared secrets are accepted for access.',
  },
  secret_in_environment: {
    type: 'boolean',
    says: 'An environment variable holds what looks like a secret in clear text.',
  },
  secret_in_user_data: {
    type: 'boolean',
    says: 'Start-up script or user data hold what looks like a secret in clear text.',
  },
  metadata_v2: { type: 'boolean', says: 'The instance metadata service demands session tokens.' },
  network_isolated: {
    type: 'boolean',
    says: 'It runs in a private network without internet access of its own.',
  },
  image_scanning: { type: 'boolean', says: 'Images are scanned when they are pushed.' },
  immutable_tags: { type: 'boolean', says: 'An image tag cannot be moved to another image.' },
  dead_letter: { type: 'boolean', says: 'Messages that fail are kept in a dead-letter queue.' },
  waf: { type: 'boolean', says: 'A web application firewall stands in front of it.' },
  auto_upgrade: {
    type: 'boolean',
    says: 'Security or minor version upgrades are installed by the platform.',
  },
  monitoring: { type: 'boolean', says: 'Detailed monitoring or insights are switched on.' },
  engine_version: {
    type: 'string',
    says: 'Version of the engine, runtime or cluster as the provider spells it.',
  },
  spot: { type: 'boolean', says: 'It runs on capacity that the provider can take back.' },
  lifecycle: { type: 'boolean', says: 'Old objects or images expire by rule.' },
  name: { type: 'string', says: 'The name it will have with the provider.' },
} as const satisfies Record<string, { type: 'boolean' | 'string' | 'number'; says: string }>;

export type FactName = keyof typeof FACTS;
/** What a kind says of one resource; a member that is `undefined` is left out, like one that is not there. */
export type Facts = Partial<Record<FactName, FactValue | undefined>>;
