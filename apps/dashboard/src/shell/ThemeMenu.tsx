import { Button, Menu, MenuItemRadio, MenuList, MenuPopover, MenuTrigger, Tooltip } from '@fluentui/react-components';
import { WeatherMoon20Regular } from '@fluentui/react-icons';
import { useTranslation } from 'react-i18next';
import { themeModes, useAppearance } from './appearance.tsx';

export function ThemeMenu() {
  const { t } = useTranslation('shell');
  const { mode, setMode } = useAppearance();
  return (
    <Menu
      checkedValues={{ theme: [mode] }}
      onCheckedValueChange={(_event, { checkedItems }) => {
        const chosen = themeModes.find((known) => known === checkedItems[0]);
        if (chosen !== undefined) setMode(chosen);
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Tooltip content={t('theme.label')} relationship="label">
          <Button appearance="subtle" icon={<WeatherMoon20Regular />} />
        </Tooltip>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {themeModes.map((known) => (
            <MenuItemRadio key={known} name="theme" value={known}>
              {t(`theme.${known}`)}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
