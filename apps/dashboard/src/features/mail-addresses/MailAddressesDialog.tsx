import { Button, Field, Input, makeStyles, Radio, RadioGroup, Select, Text, tokens } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import type { MailAddresses } from '@isthmus/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, keyed, queryOf } from '../../shell/api.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { PlannedWizard } from '../jobs/PlannedWizard.tsx';

const useStyles = makeStyles({
  list: { alignItems: 'stretch' },
  line: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: '8px',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    overflowWrap: 'anywhere',
  },
  add: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(140px, 1fr))',
    gap: '8px',
    alignItems: 'end',
  },
  small: { minWidth: 0, '& input, & select': { minWidth: 0, width: '100%' } },
  button: { justifySelf: 'start' },
});

interface Addresses {
  readonly primary: string;
  readonly all: readonly string[];
}

interface EditorProps {
  readonly value: Addresses;
  readonly domains: readonly string[];
  readonly onChange: (value: Addresses) => void;
}

/** Which addresses there are, and which of them mail is sent from. */
function Editor({ value, domains, onChange }: EditorProps) {
  const styles = useStyles();
  const { t } = useTranslation('mailAddresses');
  const [name, setName] = useState('');
  const [domain, setDomain] = useState(domains[0] ?? '');
  const address = `${name.trim()}@${domain}`;
  const isKnown = value.all.some((each) => each.toLowerCase() === address.toLowerCase());
  const add = (): void => {
    onChange({ ...value, all: [...value.all, address] });
    setName('');
  };
  return (
    <>
      <Text>{t('explain')}</Text>
      <RadioGroup
        aria-label={t('primaryOf')}
        className={styles.list}
        value={value.primary}
        onChange={(_event, data) => onChange({ ...value, primary: data.value })}
      >
        {value.all.map((each) => (
          <div key={each} className={styles.line}>
            <Radio value={each} label={each === value.primary ? t('primary', { address: each }) : each} />
            <Button
              appearance="subtle"
              icon={<Dismiss16Regular />}
              aria-label={t('remove', { address: each })}
              disabledFocusable={each === value.primary}
              onClick={() => onChange({ ...value, all: value.all.filter((other) => other !== each) })}
            />
          </div>
        ))}
      </RadioGroup>
      <div className={styles.add}>
        <Field label={t('name')} className={styles.small} {...(isKnown ? { validationMessage: t('known') } : {})}>
          <Input
            value={name}
            autoComplete="off"
            spellCheck={false}
            onChange={(_event, data) => setName(data.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || name.trim() === '' || isKnown) return;
              event.preventDefault();
              add();
            }}
          />
        </Field>
        <Field label={t('domain')} className={styles.small}>
          <Select value={domain} onChange={(_event, data) => setDomain(data.value)}>
            {domains.map((each) => (
              <option key={each} value={each}>
                @{each}
              </option>
            ))}
          </Select>
        </Field>
        <Button className={styles.button} disabledFocusable={name.trim() === '' || isKnown} onClick={add}>
          {t('add')}
        </Button>
      </div>
    </>
  );
}

const addressesOf = ({ primaryAddress, aliases }: MailAddresses): Addresses => ({
  primary: primaryAddress ?? '',
  all: primaryAddress === null ? aliases : [primaryAddress, ...aliases],
});

interface MailAddressesDialogProps {
  readonly account: { readonly id: string };
  /** Of the person, or of an account that no user has. */
  readonly name: string;
  readonly onClose: () => void;
}

/** The e-mail addresses of one online account, as Exchange Online answers now. */
export function MailAddressesDialog({ account, name, onClose }: MailAddressesDialogProps) {
  const { t } = useTranslation('mailAddresses');
  const params = { id: account.id };
  const current = useQuery({ ...queryOf('getMailAddresses', { params }), staleTime: 0, gcTime: 0 });
  const [edited, setEdited] = useState<Addresses>();
  const value = edited ?? (current.data === undefined ? undefined : addressesOf(current.data));
  const body = {
    primaryAddress: value?.primary ?? '',
    aliases: value?.all.filter((each) => each !== value.primary) ?? [],
  };
  const hasMailbox = current.data?.primaryAddress != null;
  return (
    <PlannedWizard
      texts={{
        title: t('title', { name }),
        verb: t('verb'),
        choices: t('step.addresses'),
        review: t('step.review'),
        nothing: t('nothing'),
      }}
      choices={
        <>
          {current.isPending && <Waiting label={t('asking')} />}
          {current.isError && <ProblemMessage error={current.error} onRetry={() => void current.refetch()} />}
          {current.data !== undefined && !hasMailbox && <EmptyState title={t('none')} text={t('noneText')} />}
          {value !== undefined && hasMailbox && (
            <Editor value={value} domains={current.data?.domains ?? []} onChange={setEdited} />
          )}
        </>
      }
      isReady={hasMailbox}
      hasData={edited !== undefined}
      call={(query, key) => api.call('setMailAddresses', { params, query, body }, keyed(key))}
      onClose={onClose}
    />
  );
}
