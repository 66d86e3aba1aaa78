import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';
import { installDomStubs } from './testing/domStubs';

installDomStubs();
// Lazy parts of a page are compiled when a test first opens them.
configure({ asyncUtilTimeout: 10_000 });
