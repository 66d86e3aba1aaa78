import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import CardActions from '@mui/material/CardActions';
import CardContent from '@mui/material/CardContent';
import Typography from '@mui/material/Typography';
import { SignInChoice } from './SignInChoice';

interface SignInCardProps {
  choice: SignInChoice;
  onChoose: (choice: SignInChoice) => void;
}

export const SignInCard = (props: SignInCardProps) => (
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
