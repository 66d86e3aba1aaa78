import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverlessworkflow.api.Workflow;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kie.api.event.process.ProcessNodeTriggeredEvent;
import org.kie.kogito.internal.process.event.DefaultKogitoProcessEventListener;
import org.kie.kogito.process.Process;
import org.kie.kogito.process.ProcessInstance;
import org.kie.kogito.serverless.workflow.executor.StaticWorkflowApplication;
import org.kie.kogito.serverless.workflow.models.JsonNodeModel;
import org.kie.kogito.serverless.workflow.utils.ServerlessWorkflowUtils;
import org.kie.kogito.serverless.workflow.utils.WorkflowFormat;
import org.kie.kogito.services.uow.CollectingUnitOfWorkFactory;
import org.kie.kogito.services.uow.DefaultUnitOfWorkManager;
import org.kie.kogito.services.uow.UnitOfWorkExecutor;
import org.kie.kogito.uow.UnitOfWorkManager;

/**
 * Runs the last one of the workflows of each line of its input, {@code {"workflows": [], "input": {}}}, and
 * answers with a line of what became of it.
 */
public class Executor {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    public static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            answers.println(MAPPER.writeValueAsString(answer(MAPPER.readTree(line))));
            answers.flush();
        }
        System.exit(0);
    }

    private static ObjectNode answer(JsonNode question) {
        ObjectNode answer = MAPPER.createObjectNode();
        Listener listener = new Listener(answer.putArray("nodes"));
        UnitOfWorkManager manager = new DefaultUnitOfWorkManager(new CollectingUnitOfWorkFactory());
        try (StaticWorkflowApplication application = StaticWorkflowApplication.builder()
                .withProperties(Map.of("unused", ""))
                .withManager(manager)
                .withEventListener(listener)
                .build()) {
            Process<JsonNodeModel> process = null;
            for (JsonNode definition : question.get("workflows")) {
                Workflow workflow = ServerlessWorkflowUtils.getWorkflow(
                        new StringReader(definition.toString()), WorkflowFormat.JSON);
                process = application.process(workflow);
                listener.processId = workflow.getId();
            }
            ProcessInstance<JsonNodeModel> instance =
                    process.createInstance(new JsonNodeModel(inputOf(question)));
            UnitOfWorkExecutor.executeInUnitOfWork(manager, () -> {
                instance.start();
                return null;
            });
            answer.put("status", instance.status());
            answer.set("data", MAPPER.valueToTree(instance.variables().getWorkflowdata()));
            instance.error().ifPresent(error -> answer.put("error", error.errorMessage()));
        } catch (Exception | StackOverflowError problem) {
            answer.put("exception", problem.toString());
        }
        return answer;
    }

    /** The input as the REST resource of a workflow makes it. */
    private static Map<String, JsonNode> inputOf(JsonNode question) {
        Map<String, JsonNode> input = new LinkedHashMap<>();
        question.get("input").fields().forEachRemaining(field -> input.put(field.getKey(), field.getValue()));
        return input;
    }

    /** Notes the nodes of the process, without those of its sub-processes. */
    private static class Listener extends DefaultKogitoProcessEventListener {

        private final ArrayNode nodes;
        private String processId;

        Listener(ArrayNode nodes) {
            this.nodes = nodes;
        }

        @Override
        public void beforeNodeTriggered(ProcessNodeTriggeredEvent event) {
            if (event.getProcessInstance().getProcessId().equals(processId)) {
                var node = event.getNodeInstance().getNode();
                nodes.add(node.getClass().getSimpleName() + " " + node.getId().toExternalFormat());
            }
        }
    }
}
