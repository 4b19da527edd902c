import type { Kind } from '../kind.ts';

export const KUBERNETES_KINDS: readonly Kind[] = [];
