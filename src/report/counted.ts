/** `1 exemption`, `2 exemptions`, `1,024 policies`: a number and what it counts, as people write them. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
