import { addressKind, isInCidr } from './addressKind';

describe('addressKind', () => {
  it.each([
    ['169.254.169.254'],
    ['::ffff:169.254.169.254'],
    ['::ffff:a9fe:a9fe'],
    ['64:ff9b::a9fe:a9fe'],
    ['0.0.0.0'],
    ['0.1.2.3'],
    ['::'],
    ['fe80::1'],
    ['fe80::1%eth0'],
    ['fd00:ec2::254'],
    ['fd00:ec2::23'],
    ['fd20:ce::254'],
    ['fd00:c1::a9fe:a9fe'],
    ['fd00:42::42'],
    ['fd00:a9fe:a9fe::1'],
    ['fd00:100::100:200'],
    ['100.100.100.200'],
    ['168.63.129.16'],
    ['224.0.0.1'],
    ['255.255.255.255'],
    ['ff02::1'],
    ['2002:a9fe:a9fe::1'],
    ['::ffff:0:a9fe:a9fe'],
    ['not an address'],
    [''],
  ])('never calls %s', address => {
    expect(addressKind(address)).toBe('forbidden');
  });

  it.each([['127.0.0.1'], ['127.8.8.8'], ['::1'], ['::ffff:127.0.0.1']])(
    'knows %s as loopback',
    address => {
      expect(addressKind(address)).toBe('loopback');
    },
  );

  it.each([
    ['10.1.2.3'],
    ['172.16.0.1'],
    ['172.31.255.255'],
    ['192.168.1.1'],
    ['100.64.0.1'],
    ['fd12:3456::1'],
    ['::ffff:10.0.0.1'],
  ])('knows %s as private', address => {
    expect(addressKind(address)).toBe('private');
  });

  it.each([
    ['8.8.8.8'],
    ['172.32.0.1'],
    ['2606:4700::1111'],
    ['::ffff:8.8.8.8'],
  ])('knows %s as public', address => {
    expect(addressKind(address)).toBe('public');
  });
});

describe('isInCidr', () => {
  it.each([
    ['10.1.2.3', '10.0.0.0/8', true],
    ['11.1.2.3', '10.0.0.0/8', false],
    ['::ffff:10.1.2.3', '10.0.0.0/8', true],
    ['fd12::1', 'fd00::/8', true],
    ['10.1.2.3', 'fd00::/8', false],
    ['10.1.2.3', 'nonsense', false],
  ])('%s in %s: %s', (address, cidr, expected) => {
    expect(isInCidr(address, cidr)).toBe(expected);
  });
});
