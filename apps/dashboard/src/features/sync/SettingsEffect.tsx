import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles, Text } from '@fluentui/react-components';
import type { SyncSettingsResult } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';
import { PlanRows } from './PlanSection.tsx';

const useStyles = makeStyles({ all: { display: 'flex', flexDirection: 'column', gap: '8px' } });
const SHOWN = 20;

/** What a change would do, told before it is saved. */
export function SettingsEffect({ effect }: { readonly effect: SyncSettingsResult['effect'] }) {
  const styles = useStyles();
  const { t } = useTranslation('syncPage');
  const namesOf = (people: readonly { readonly name: string }[]): string =>
    [...people.slice(0, SHOWN).map(({ name }) => name), ...(people.length > SHOWN ? ['…'] : [])].join(', ');
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{t('effect.title')}</MessageBarTitle>
        <div className={styles.all}>
          {effect.entering.length > 0 && (
            <Text>
              {t('effect.entering', { count: effect.entering.length })} {namesOf(effect.entering)}
            </Text>
          )}
          {effect.leaving.length > 0 && (
            <Text>
              {t('effect.leaving', { count: effect.leaving.length })} {namesOf(effect.leaving)}
            </Text>
          )}
          <Text>{t('effect.next')}</Text>
          <PlanRows plan={effect.plan} />
        </div>
      </MessageBarBody>
    </MessageBar>
  );
}
