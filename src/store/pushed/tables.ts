/** Inventories that were pushed: the last push of each name, and its lines. */
export interface PushedTables {
  readonly pushed_inventory: {
    readonly name: string;
    /** Of the push whose lines count. */
    readonly push: string;
    readonly pushed_at: string;
    readonly count: number;
    readonly complete: number;
  };
  readonly pushed_line: {
    readonly name: string;
    readonly push: string;
    readonly position: number;
    readonly line: string;
  };
}
