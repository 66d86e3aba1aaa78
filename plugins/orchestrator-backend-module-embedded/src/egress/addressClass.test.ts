import { addressClass } from './addressClass';

/** As a URL names the host: the parser turns odd spellings into plain ones. */
function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');
}

describe('addressClass', () => {
  it.each([
    ['0.0.0.0'],
    ['0.1.2.3'],
    ['169.254.169.254'],
    ['169.254.170.2'],
    ['100.100.100.200'],
    ['168.63.129.16'],
    ['192.0.0.192'],
    ['224.0.0.1'],
    ['255.255.255.255'],
    ['::'],
    ['fe80::1'],
    ['fe80::1%eth0'],
    ['ff02::1'],
    ['fd00:ec2::254'],
    ['2001:0:a9fe:a9fe::'],
    ['::ffff:169.254.169.254'],
    ['::ffff:a9fe:a9fe'],
    ['::ffff:0.0.0.0'],
    ['::169.254.169.254'],
    ['::ffff:0:169.254.169.254'],
    ['64:ff9b::169.254.169.254'],
    ['64:ff9b:1::a9fe:a9fe'],
    ['2002:a9fe:a9fe::'],
    ['no address'],
    [''],
  ])('%s is never to be called', address => {
    expect(addressClass(address)).toBe('forbidden');
  });

  it.each([
    ['127.0.0.1'],
    ['127.255.255.254'],
    ['10.0.0.1'],
    ['172.16.0.1'],
    ['172.31.255.255'],
    ['192.168.1.1'],
    ['100.64.0.1'],
    ['::1'],
    ['fc00::1'],
    ['fd12:3456::1'],
    ['::ffff:127.0.0.1'],
    ['::ffff:7f00:1'],
    ['::127.0.0.1'],
    ['64:ff9b::10.0.0.1'],
    ['2002:7f00:1::'],
  ])('%s is internal', address => {
    expect(addressClass(address)).toBe('internal');
  });

  it.each([
    ['93.184.215.14'],
    ['172.32.0.1'],
    ['2606:2800:21f:cb07::1'],
    ['::ffff:93.184.215.14'],
  ])('%s is public', address => {
    expect(addressClass(address)).toBe('public');
  });

  it.each([
    ['http://2852039166/', 'forbidden'],
    ['http://0xa9fea9fe/', 'forbidden'],
    ['http://0251.0376.0251.0376/', 'forbidden'],
    ['http://169.254.43518/', 'forbidden'],
    ['http://0xa9.0xfe.0xa9.0xfe/', 'forbidden'],
    ['http://0/', 'forbidden'],
    ['http://[::ffff:a9fe:a9fe]/', 'forbidden'],
    ['http://[0:0:0:0:0:ffff:169.254.169.254]/', 'forbidden'],
    ['http://169。254。169。254/', 'forbidden'],
    ['http://2130706433/', 'internal'],
    ['http://127.1/', 'internal'],
    ['http://0177.0.0.1/', 'internal'],
    ['http://[0:0:0:0:0:0:0:1]/', 'internal'],
  ])('the host of %s is %s', (url, expected) => {
    expect(addressClass(hostOf(url))).toBe(expected);
  });
});
