export * from './cloudEvents';
export * from './DeliveryQueue';
export * from './EventDelivery';
export * from './EventInbox';
export * from './EventRouting';
export * from './EventService';
export * from './UndeliveredEvents';
