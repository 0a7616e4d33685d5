import { createServer } from 'node:http';

// A server of its own process that answers each GET with 1 KB, after so many milliseconds. Tells its port, and at the end how many requests it
// had at once; it checks no signature.
const delay = Number(process.argv[2]);
const body = 'x'.repeat(1024);
let [atOnce, most] = [0, 0];

const server = createServer((_, response) => {
  atOnce += 1;
  most = Math.max(most, atOnce);
  const answer = () => {
    atOnce -= 1;
    response.setHeader('ETag', '"0123456789abcdef0123456789abcdef"');
    response.setHeader('Last-Modified', new Date().toUTCString());
    response.end(body);
  };
  if (delay === 0) answer();
  else setTimeout(answer, delay);
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('message', () => process.send({ most }, () => process.exit()));
