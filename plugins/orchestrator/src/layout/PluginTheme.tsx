import { alpha, createTheme, Theme, ThemeProvider } from '@mui/material/styles';
import { ReactNode, useCallback } from 'react';

/** The portal's theme, a little denser: these pages are tables and forms. */
function denser(outer: Theme): Theme {
  return createTheme(outer, {
    components: {
      ...outer.components,
      MuiButton: {
        styleOverrides: {
          root: { textTransform: 'none', whiteSpace: 'nowrap' },
        },
        defaultProps: { disableElevation: true },
      },
      MuiToggleButton: { styleOverrides: { root: { textTransform: 'none' } } },
      MuiFormControl: { defaultProps: { size: 'small' } },
      MuiTextField: { defaultProps: { size: 'small' } },
      MuiInputBase: { styleOverrides: { root: { fontSize: 14 } } },
      MuiInputLabel: { styleOverrides: { root: { fontSize: 14 } } },
      MuiFormLabel: { styleOverrides: { root: { fontSize: 14 } } },
      MuiFormControlLabel: { styleOverrides: { label: { fontSize: 14 } } },
      MuiRadio: { defaultProps: { size: 'small' } },
      MuiCheckbox: { defaultProps: { size: 'small' } },
      MuiMenuItem: { styleOverrides: { root: { fontSize: 14 } } },
      MuiAutocomplete: {
        styleOverrides: { option: { fontSize: 14 }, tag: { margin: 2 } },
      },
      MuiTableRow: {
        styleOverrides: {
          root: {
            '&&:nth-of-type(odd)': { backgroundColor: 'transparent' },
            '&&:hover': {
              backgroundColor: outer.palette.action.hover,
              cursor: 'default',
            },
            // Weak enough for coloured text on it.
            '&&&.Mui-selected, &&&.Mui-selected:hover': {
              backgroundColor: alpha(outer.palette.primary.main, 0.08),
            },
            'tbody > &:last-of-type > td': { borderBottom: 0 },
          },
        },
      },
      MuiTableCell: {
        styleOverrides: {
          root: {
            '&&': { padding: '6px 10px' },
            wordBreak: 'normal',
            borderBottom: `1px solid ${outer.palette.divider}`,
            '&&:first-of-type': { paddingLeft: 16 },
            '&&:last-of-type': { paddingRight: 16 },
          },
          head: {
            fontSize: 12,
            fontWeight: 600,
            whiteSpace: 'nowrap',
            color: outer.palette.text.secondary,
          },
          body: { fontSize: 14 },
        },
      },
      MuiAlert: {
        styleOverrides: { message: { flex: 1, minWidth: 0, fontSize: 14 } },
      },
    },
  });
}

/** Around everything that the plugin draws. */
export function PluginTheme({ children }: { children: ReactNode }) {
  const theme = useCallback(denser, []);
  return <ThemeProvider theme={theme}>{children}</ThemeProvider>;
}
