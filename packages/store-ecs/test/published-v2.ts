/** The secret key of the examples. */
export const publishedSecret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html, "Authentication examples". */
export const publishedV2 = [
  {
    name: 'object GET',
    head: { method: 'GET', url: '/photos/puppy.jpg', headers: { date: ['Tue, 27 Mar 2007 19:36:42 +0000'] } },
    hostBucket: 'johnsmith',
    stringToSign: 'GET\n\n\nTue, 27 Mar 2007 19:36:42 +0000\n/johnsmith/photos/puppy.jpg',
    signature: 'bWq2s1WEIj+Ydj0vQ697zp+IXMU=',
  },
  {
    name: 'object PUT',
    head: {
      method: 'PUT',
      url: '/photos/puppy.jpg',
      headers: {
        'content-type': ['image/jpeg'],
        'content-length': ['94328'],
        date: ['Tue, 27 Mar 2007 21:15:45 +0000'],
      },
    },
    hostBucket: 'johnsmith',
    stringToSign: 'PUT\n\nimage/jpeg\nTue, 27 Mar 2007 21:15:45 +0000\n/johnsmith/photos/puppy.jpg',
    signature: 'MyyxeRY7whkBe+bq8fHCL/2kKUg=',
  },
  {
    name: 'list',
    head: {
      method: 'GET',
      url: '/?prefix=photos&max-keys=50&marker=puppy',
      headers: { 'user-agent': ['Mozilla/5.0'], date: ['Tue, 27 Mar 2007 19:42:41 +0000'] },
    },
    hostBucket: 'johnsmith',
    stringToSign: 'GET\n\n\nTue, 27 Mar 2007 19:42:41 +0000\n/johnsmith/',
    signature: 'htDYFYduRNen8P9ZfE/s9SuKy0U=',
  },
  {
    name: 'fetch of a sub-resource',
    head: { method: 'GET', url: '/?acl', headers: { date: ['Tue, 27 Mar 2007 19:44:46 +0000'] } },
    hostBucket: 'johnsmith',
    stringToSign: 'GET\n\n\nTue, 27 Mar 2007 19:44:46 +0000\n/johnsmith/?acl',
    signature: 'c2WLPFtWHVgbEmeEG93a4cG37dM=',
  },
  {
    // Published with an x-amz-date besides, and a string to sign that the page's own rules do not give for it.
    name: 'delete, path-style',
    head: {
      method: 'DELETE',
      url: '/johnsmith/photos/puppy.jpg',
      headers: { 'user-agent': ['dotnet'], date: ['Tue, 27 Mar 2007 21:20:26 +0000'] },
    },
    hostBucket: undefined,
    stringToSign: 'DELETE\n\n\nTue, 27 Mar 2007 21:20:26 +0000\n/johnsmith/photos/puppy.jpg',
    signature: 'lx3byBScXR6KzyMaifNkardMwNk=',
  },
  {
    name: 'upload',
    head: {
      method: 'PUT',
      url: '/db-backup.dat.gz',
      headers: {
        'user-agent': ['curl/7.15.5'],
        date: ['Tue, 27 Mar 2007 21:06:08 +0000'],
        'x-amz-acl': ['public-read'],
        'content-type': ['application/x-download'],
        'content-md5': ['4gJE4saaMU4BqNR0kLY+lw=='],
        'x-amz-meta-reviewedby': ['joe@johnsmith.net', 'jane@johnsmith.net'],
        'x-amz-meta-filechecksum': ['0x02661779'],
        'x-amz-meta-checksumalgorithm': ['crc32'],
        'content-encoding': ['gzip'],
      },
    },
    hostBucket: 'static.johnsmith.net',
    stringToSign:
      'PUT\n4gJE4saaMU4BqNR0kLY+lw==\napplication/x-download\nTue, 27 Mar 2007 21:06:08 +0000\nx-amz-acl:public-read\n' +
      'x-amz-meta-checksumalgorithm:crc32\nx-amz-meta-filechecksum:0x02661779\n' +
      'x-amz-meta-reviewedby:joe@johnsmith.net,jane@johnsmith.net\n/static.johnsmith.net/db-backup.dat.gz',
    signature: 'ilyl83RwaSoYIEdixDQcA4OnAnc=',
  },
  {
    name: 'list of all buckets',
    head: { method: 'GET', url: '/', headers: { date: ['Wed, 28 Mar 2007 01:29:59 +0000'] } },
    hostBucket: undefined,
    stringToSign: 'GET\n\n\nWed, 28 Mar 2007 01:29:59 +0000\n/',
    signature: 'qGdzdERIC03wnaRNKh6OqZehG9s=',
  },
  {
    name: 'key beyond ASCII, as on the request line',
    head: {
      method: 'GET',
      url: '/dictionary/fran%C3%A7ais/pr%c3%a9f%c3%a8re',
      headers: { date: ['Wed, 28 Mar 2007 01:49:49 +0000'] },
    },
    hostBucket: undefined,
    stringToSign: 'GET\n\n\nWed, 28 Mar 2007 01:49:49 +0000\n/dictionary/fran%C3%A7ais/pr%c3%a9f%c3%a8re',
    signature: 'DNEZGsoieTZ92F3bUfSPQcbGmlM=',
  },
];
