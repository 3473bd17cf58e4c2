import { Checkbox, Field, makeStyles, SearchBox, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', border: 'none', margin: 0, padding: 0 },
});

/** So many groups are shown at once; the box narrows them down. */
const SHOWN = 100;

interface GroupsStepProps {
  readonly groups: readonly { readonly dn: string; readonly name: string; readonly description: string }[];
  readonly value: readonly string[];
  readonly onChange: (dns: string[]) => void;
}

export function GroupsStep({ groups, value, onChange }: GroupsStepProps) {
  const styles = useStyles();
  const { t } = useTranslation(['users', 'addUser']);
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLocaleLowerCase();
  const matching = groups.filter((group) => group.name.toLocaleLowerCase().includes(wanted));
  const chosenFirst = [...matching].sort((a, b) => Number(value.includes(b.dn)) - Number(value.includes(a.dn)));
  return (
    <>
      <Field label={t('addUser:add.findGroup')}>
        <SearchBox value={typed} onChange={(_event, data) => setTyped(data.value)} />
      </Field>
      <fieldset className={styles.list}>
        <legend>
          <Text size={200}>{t('addUser:add.groupsChosen', { count: value.length })}</Text>
        </legend>
        {chosenFirst.slice(0, SHOWN).map((group) => (
          <Checkbox
            key={group.dn}
            label={group.description === '' ? group.name : t('addUser:add.group', { ...group })}
            checked={value.includes(group.dn)}
            onChange={(_event, { checked }) =>
              onChange(checked === true ? [...value, group.dn] : value.filter((dn) => dn !== group.dn))
            }
          />
        ))}
        {matching.length === 0 && <Text>{t('addUser:add.noGroup')}</Text>}
        {matching.length > SHOWN && (
          <Text size={200}>{t('addUser:add.moreGroups', { count: matching.length - SHOWN })}</Text>
        )}
      </fieldset>
    </>
  );
}
