import { Button, MessageBar, MessageBarBody, Text } from '@fluentui/react-components';
import type { ResponseOf } from '@isthmus/api-client';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CheckList } from '../../ui/CheckList.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Waiting } from '../../ui/Waiting.tsx';

interface RequirementsStepProps {
  readonly requirements: UseQueryResult<ResponseOf<'checkRequirements'>>;
}

export function RequirementsStep({ requirements }: RequirementsStepProps) {
  const { t } = useTranslation('integration');
  const { data, error, isFetching, refetch } = requirements;
  return (
    <>
      <Text>{t('requirements.text')}</Text>
      {error !== null && <ProblemMessage error={error} />}
      {isFetching && <Waiting label={t('requirements.checking')} />}
      {data !== undefined && <CheckList label={t('step.requirements')} checks={data.checks} />}
      {data !== undefined && !data.ready && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{t('requirements.notReady')}</MessageBarBody>
        </MessageBar>
      )}
      <div>
        <Button disabledFocusable={isFetching} onClick={() => void refetch()}>
          {t('requirements.again')}
        </Button>
      </div>
    </>
  );
}
