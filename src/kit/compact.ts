/** The members that have a value: absent and `undefined` are not the same in a record or a query. */
export function compact<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> };
export function compact(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}
