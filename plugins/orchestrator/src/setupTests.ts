import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';
import { installDomStubs } from './__testUtils__/domStubs';

installDomStubs();
// Lazy parts of a page are compiled when a test first opens them, which a busy machine does slowly.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 20_000 });
