import { HOST_BUILTINS, NATIVE_BUILTINS } from '../wasm/builtins/registry.ts';

/**
 * Builtins that reach outside of an evaluation: the network, the environment of the process, other people's hosts.
 * They stay out even if a host should learn them.
 */
const FORBIDDEN: readonly string[] = ['http.send', 'net.lookup_ip_addr', 'opa.runtime'];

/** Every builtin that a policy may call: what OPA compiles into a module, and what the host answers. */
export const POLICY_BUILTINS: readonly string[] = [
  ...new Set<string>([...NATIVE_BUILTINS, ...HOST_BUILTINS, 'print', 'internal.print']),
]
  .filter((name) => !FORBIDDEN.includes(name))
  .sort();
