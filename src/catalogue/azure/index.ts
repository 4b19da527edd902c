import type { Kind } from '../kind.ts';

export const AZURE_KINDS: readonly Kind[] = [];
