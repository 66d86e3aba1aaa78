export * from './ChangePublisher';
export * from './Viewers';
