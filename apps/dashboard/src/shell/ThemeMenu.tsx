import { WeatherMoon20Regular } from '@fluentui/react-icons';
import { useTranslation } from 'react-i18next';
import { MenuButton } from '../ui/menu/MenuButton.tsx';
import { themeModes, useAppearance } from './appearance.tsx';

export function ThemeMenu() {
  const { t } = useTranslation('shell');
  const { mode, setMode } = useAppearance();
  const onChoose = (id: string): void => {
    const chosen = themeModes.find((known) => known === id);
    if (chosen !== undefined) setMode(chosen);
  };
  const options = themeModes.map((known) => ({ id: known, label: t(`theme.${known}`), chosen: known === mode }));
  return (
    <MenuButton
      label={t('theme.label')}
      tooltip
      button={{ appearance: 'subtle', icon: <WeatherMoon20Regular /> }}
      content={{ choices: { kind: 'one', options, onChoose } }}
    />
  );
}
