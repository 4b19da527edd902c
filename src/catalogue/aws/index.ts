import type { Kind } from '../kind.ts';

export const AWS_KINDS: readonly Kind[] = [];
