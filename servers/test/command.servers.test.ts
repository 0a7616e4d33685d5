import { describe } from '@jest/globals';
import { newBucket } from '../../packages/store-ecs/test/rgw/rgw.ts';
import { commandOnS3 } from './command-on-s3.ts';

describe.each(['dual', 'sigv4'] as const)('the command on Ceph RGW, %s', (mode) => {
  commandOnS3(() => newBucket('command', mode));
});
