import type { z } from 'zod';

/** Settings and small states, one JSON document a name; read through a schema so that a bad row is found at once. */
export interface SettingStore {
  find<Schema extends z.ZodType>(name: string, schema: Schema): Promise<z.output<Schema> | undefined>;
  put(name: string, value: object): Promise<void>;
  remove(name: string): Promise<void>;
}
