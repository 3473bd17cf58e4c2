import { Checkbox, Field, Input, makeStyles, Select } from '@fluentui/react-components';
import type { UserTemplate, UserTemplateSettings } from '@isthmus/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem, queryOf, useCall } from '../../shell/api.ts';
import { CountrySelect } from '../../ui/form/CountrySelect.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Wizard } from '../../ui/wizard/Wizard.tsx';
import { useIntegrated } from '../integration/useIntegrated.ts';
import { LicenseChoice } from '../online-accounts/LicenseChoice.tsx';
import { GroupsStep } from '../users/add/GroupsStep.tsx';

const useStyles = makeStyles({
  two: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))',
    gap: '14px',
    alignItems: 'start',
  },
  select: { minWidth: 0, '& select': { minWidth: 0, width: '100%' } },
});

const texts = ['department', 'title', 'office', 'company'] as const;

const empty: UserTemplateSettings = {
  name: '',
  description: '',
  groupDns: [],
  department: '',
  title: '',
  office: '',
  company: '',
  online: null,
};

interface StepProps {
  readonly value: UserTemplateSettings;
  readonly onChange: (changes: Partial<UserTemplateSettings>) => void;
}

interface PropertiesProps extends StepProps {
  readonly nameError: string | undefined;
}

function Properties({ value, onChange, nameError }: PropertiesProps) {
  const styles = useStyles();
  const { t } = useTranslation(['userTemplates', 'userPanel']);
  const options = useQuery(queryOf('getUserOptions', {})).data;
  return (
    <>
      <Field label={t('name')} required {...(nameError === undefined ? {} : { validationMessage: nameError })}>
        <Input
          autoFocus
          maxLength={64}
          value={value.name}
          onChange={(_event, data) => onChange({ name: data.value })}
        />
      </Field>
      <Field label={t('description')} hint={t('descriptionHint')}>
        <Input
          maxLength={256}
          value={value.description}
          onChange={(_event, data) => onChange({ description: data.value })}
        />
      </Field>
      <div className={styles.two}>
        {texts.map((field) => (
          <Field key={field} label={t(`userPanel:field.${field}`)}>
            <Input
              maxLength={128}
              value={value[field]}
              onChange={(_event, data) => onChange({ [field]: data.value })}
            />
          </Field>
        ))}
      </div>
      <Field label={t('unit')} className={styles.select}>
        <Select
          value={value.containerDn ?? options?.managedOu ?? ''}
          onChange={(_event, data) =>
            onChange({ containerDn: data.value === options?.managedOu ? undefined : data.value })
          }
        >
          {options?.containers.map(({ dn }) => (
            <option key={dn}>{dn}</option>
          ))}
        </Select>
      </Field>
    </>
  );
}

function OnlineAccount({ value: { online }, onChange }: StepProps) {
  const styles = useStyles();
  const { t } = useTranslation('userTemplates');
  const integrated = useIntegrated() === true;
  const domains = useQuery({ ...queryOf('listDomains', {}), enabled: integrated }).data?.items ?? [];
  const verified = domains.filter((domain) => domain.isVerified);
  const first = verified.find((domain) => domain.isDefault)?.name ?? verified[0]?.name;
  return (
    <>
      <Checkbox
        label={t('withOnline')}
        checked={online !== null}
        disabled={first === undefined && online === null}
        onChange={(_event, { checked }) =>
          onChange({ online: checked === true && first !== undefined ? { domain: first, skuIds: [] } : null })
        }
      />
      {online !== null && (
        <>
          <Field label={t('domain')} hint={t('domainHint')} className={styles.select}>
            <Select
              value={online.domain}
              onChange={(_event, data) => onChange({ online: { ...online, domain: data.value } })}
            >
              {verified.map(({ name }) => (
                <option key={name} value={name}>
                  @{name}
                </option>
              ))}
            </Select>
          </Field>
          <LicenseChoice
            value={online.skuIds}
            needed={1}
            onChange={(skuIds) => onChange({ online: { ...online, skuIds } })}
          />
          <CountrySelect
            label={t('location')}
            hint={t('locationHint')}
            value={online.usageLocation ?? ''}
            required={false}
            onChange={(code) => onChange({ online: { ...online, usageLocation: code === '' ? undefined : code } })}
          />
        </>
      )}
    </>
  );
}

interface UserTemplateDialogProps {
  /** Undefined = a new one. */
  readonly template: UserTemplate | undefined;
  readonly onClose: () => void;
}

/** Makes or changes a template. Nothing happens to people who were made from it. */
export function UserTemplateDialog({ template, onClose }: UserTemplateDialogProps) {
  const { t } = useTranslation('userTemplates');
  const queryClient = useQueryClient();
  const [id] = useState(() => template?.id ?? crypto.randomUUID());
  const [value, setValue] = useState<UserTemplateSettings>(template ?? empty);
  const options = useQuery(queryOf('getUserOptions', {})).data;
  const save = useCall('saveUserTemplate');
  const change = (changes: Partial<UserTemplateSettings>): void => {
    save.reset();
    setValue({ ...value, ...changes });
  };
  const isNameTaken = isProblem(save.error, 'user-templates.name-taken');
  const problem = save.error === null ? null : <ProblemMessage error={save.error} />;
  const run = (): void =>
    save.mutate(
      { params: { id }, body: value },
      {
        onSuccess: () => {
          void queryClient.invalidateQueries({ queryKey: ['listUserTemplates'] });
          onClose();
        },
      },
    );
  return (
    <Wizard
      title={template === undefined ? t('addTitle') : t('changeTitle', { name: template.name })}
      finishLabel={t('save')}
      onFinish={run}
      busy={save.isPending}
      hasData={value !== (template ?? empty)}
      onClose={onClose}
      steps={[
        {
          id: 'properties',
          label: t('step.properties'),
          content: (
            <Properties value={value} onChange={change} nameError={isNameTaken ? save.error?.message : undefined} />
          ),
          blocked: value.name.trim() === '',
        },
        {
          id: 'groups',
          label: t('step.groups'),
          content: (
            <GroupsStep
              groups={options?.groups ?? []}
              value={value.groupDns}
              onChange={(groupDns) => change({ groupDns })}
            />
          ),
        },
        {
          id: 'online',
          label: t('step.online'),
          content: (
            <>
              <OnlineAccount value={value} onChange={change} />
              {problem}
            </>
          ),
        },
      ]}
    />
  );
}
