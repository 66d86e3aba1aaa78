export * from './EntityOwners';
