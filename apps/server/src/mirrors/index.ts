export { keepCounts } from './keepCounts.ts';
export type { MirrorListener } from './MirrorChange.ts';
export { createMirrors, type Mirrors } from './Mirrors.ts';
export { readFreshness } from './readFreshness.ts';
