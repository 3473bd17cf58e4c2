export { DatabaseTimeline } from './DatabaseTimeline.ts';
export type { NewTimelineEntry, Timeline } from './Timeline.ts';
