import { Content, Header, Page } from '@backstage/core-components';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import CardActions from '@mui/material/CardActions';
import CardContent from '@mui/material/CardContent';
import Typography from '@mui/material/Typography';
import { ErrorLike } from '@backstage/errors';
import { SignInChoice } from './SignInChoice';

interface SignInCardsProps {
  title: string;
  choices: SignInChoice[];
  error: ErrorLike | undefined;
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

const SignInCard = (props: {
  choice: SignInChoice;
  onChoose: (choice: SignInChoice) => void;
}) => (
  <Card
    component="li"
    sx={{ display: 'flex', flexDirection: 'column' }}
    variant="outlined"
  >
    <CardContent sx={{ flexGrow: 1 }}>
      <Typography variant="h3" sx={{ fontSize: '1.25rem', mb: 1 }}>
        {props.choice.title}
      </Typography>
      <Typography variant="body2">{props.choice.message}</Typography>
    </CardContent>
    <CardActions>
      <Button
        variant="outlined"
        onClick={() => props.onChoose(props.choice)}
        aria-label={`Sign in as ${props.choice.title}`}
      >
        Sign in
      </Button>
    </CardActions>
  </Card>
);
