import type { Group } from '@isthmus/contracts';
import type { TFunction } from 'i18next';
import { StateLabel, type Tone } from '../../ui/StateLabel.tsx';

const tones: Readonly<Record<NonNullable<Group['link']>['state'], Tone>> = {
  'in-step': 'success',
  waiting: 'waiting',
  held: 'warning',
  failed: 'danger',
};

/** The linked online group and how far it is in step. */
export function groupState(group: Pick<Group, 'link'>, t: TFunction<'groups'>) {
  if (group.link === null) return <StateLabel tone="neutral">{t('notLinked')}</StateLabel>;
  const { state, name } = group.link;
  return (
    <StateLabel tone={tones[state]}>
      <bdi>{name}</bdi> · {t(`state.${state}`)}
    </StateLabel>
  );
}
