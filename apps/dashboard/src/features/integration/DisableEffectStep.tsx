import {
  Field,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Radio,
  RadioGroup,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { DisableEffect } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: '20px', display: 'grid', gap: '4px', overflowWrap: 'anywhere' },
  choice: { display: 'flex', flexDirection: 'column' },
  hint: { color: tokens.colorNeutralForeground3 },
});

function List({ title, items }: { readonly title: string; readonly items: readonly string[] }) {
  const styles = useStyles();
  return (
    <section>
      <Text as="h3" weight="semibold" block>
        {title}
      </Text>
      <ul className={styles.list}>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </section>
  );
}

function Choice({ label, hint }: { readonly label: string; readonly hint: string }) {
  const styles = useStyles();
  return (
    <span className={styles.choice}>
      <span>{label}</span>
      <Text size={200} className={styles.hint}>
        {hint}
      </Text>
    </span>
  );
}

interface DisableEffectStepProps {
  readonly effect: DisableEffect;
  readonly remember: boolean;
  readonly onRemember: (remember: boolean) => void;
}

/** What disabling ends, what stays in the tenant, and what is remembered. */
export function DisableEffectStep({ effect, remember, onRemember }: DisableEffectStepProps) {
  const { t } = useTranslation('disableIntegration');
  const { tenantName, application, people, groups, held, reachable } = effect;
  const stops = [
    t('stop.people', { count: people }),
    t('stop.passwords'),
    ...(groups === 0 ? [] : [t('stop.groups', { count: groups })]),
  ];
  const stays = [
    t('stay.all'),
    ...(held === 0 ? [] : [t('stay.held', { count: held })]),
    t('stay.application', { name: application.displayName, id: application.clientId }),
  ];
  return (
    <>
      {!reachable && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('offline')}</MessageBarBody>
        </MessageBar>
      )}
      <List title={t('stops')} items={stops} />
      <List title={t('stays', { tenant: tenantName })} items={stays} />
      <List title={t('gone')} items={[t('destroyed')]} />
      <Field label={t('memory')}>
        <RadioGroup
          value={remember ? 'remember' : 'forget'}
          onChange={(_event, data) => onRemember(data.value === 'remember')}
        >
          <Radio value="remember" label={<Choice label={t('remember')} hint={t('rememberHint')} />} />
          <Radio value="forget" label={<Choice label={t('forget')} hint={t('forgetHint')} />} />
        </RadioGroup>
      </Field>
    </>
  );
}
