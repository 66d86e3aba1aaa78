/** Columns that a narrow window can do without. */
export const wide = { display: { xs: 'none', md: 'table-cell' } };

/** Columns that only a wide window has room for. */
export const wider = { display: { xs: 'none', lg: 'table-cell' } };
