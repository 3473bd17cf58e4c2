import type { Ref } from 'react';

/** With `exactOptionalPropertyTypes` Fluent's types infer `never` for the element that a ref receives. */
export function fluentRef<Element>(ref: Ref<Element> | undefined): Ref<never> {
  return (ref ?? null) as Ref<never>;
}
