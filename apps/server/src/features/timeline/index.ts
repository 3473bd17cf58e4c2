export { DatabaseTimeline } from './DatabaseTimeline.ts';
export type { NewTimelineEntry } from './Timeline.ts';
