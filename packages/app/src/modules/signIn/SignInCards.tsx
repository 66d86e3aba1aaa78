import { Content, Header, Page } from '@backstage/core-components';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { SignInCard } from './SignInCard';
import { SignInChoice, SignInError } from './SignInChoice';

interface SignInCardsProps {
  title: string;
  choices: SignInChoice[];
  error: SignInError | undefined;
  onChoose: (choice: SignInChoice) => void;
}

export const SignInCards = (props: SignInCardsProps) => (
  <Page themeId="home">
    <Header title={props.title} />
    <Content>
      <Typography variant="h2" sx={{ fontSize: '1.5rem', mb: 2 }}>
        Sign in
      </Typography>
      {props.error && (
        <Alert severity="error" sx={{ mb: 2 }}>
          Could not sign you in: {props.error.message}
        </Alert>
      )}
      <Box
        component="ul"
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: 'repeat(auto-fill, minmax(16rem, 1fr))',
          listStyle: 'none',
          m: 0,
          p: 0,
        }}
      >
        {props.choices.map(choice => (
          <SignInCard
            key={choice.title}
            choice={choice}
            onChoose={props.onChoose}
          />
        ))}
      </Box>
    </Content>
  </Page>
);
