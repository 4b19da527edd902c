import type { Kind } from '../kind.ts';

export const GOOGLE_KINDS: readonly Kind[] = [];
