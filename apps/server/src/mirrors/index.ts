export type { MirrorChange } from './MirrorChange.ts';
export { createMirrors, type MirrorIntervals, type Mirrors } from './Mirrors.ts';
