/**
 * Closes a `switch` over a union: adding a member breaks the build here instead of falling through at run time.
 *
 * @throws Error when a value that the types exclude arrives all the same.
 */
export function assertNever(value: never, what: string): never {
  throw new Error(`unexpected ${what}: ${JSON.stringify(value)}`);
}
