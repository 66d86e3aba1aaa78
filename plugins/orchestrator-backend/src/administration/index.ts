export * from './AdministrationService';
