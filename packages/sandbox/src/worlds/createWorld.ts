import { createContosoLarge } from './createContosoLarge.ts';
import { createContosoSmall } from './createContosoSmall.ts';
import { EMPTY_WORLD, type World, type WorldName } from './World.ts';

export function createWorld(name: WorldName, domain: { baseDn: string; dnsDomain: string }): World {
  switch (name) {
    case 'empty':
      return EMPTY_WORLD;
    case 'contoso-small':
      return createContosoSmall(domain);
    case 'contoso-10k':
      return createContosoLarge(domain);
  }
}
