import { describe } from '@jest/globals';
import { doubles } from '../../packages/store-ecs/test/double/start-double.ts';
import { settingsFor } from '../../packages/store-ecs/test/settings-for.ts';
import { commandOnS3 } from './command-on-s3.ts';

const startDouble = doubles();

describe('the command on a double of Dell ECS', () => {
  commandOnS3(async () => settingsFor(await startDouble()));
});
