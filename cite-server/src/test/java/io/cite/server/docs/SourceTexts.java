package io.cite.server.docs;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The texts in the sources of a module, read by the compiler's parser. A text that is put together
 * is one text, with {@code {}} if a value is filled in.
 */
final class SourceTexts {
  private static final Pattern WORDS = Pattern.compile("(?s).*\\p{L}.*\\s.*\\p{L}.*");
  private static final Pattern METRIC = Pattern.compile("cite(\\.[a-z]+)+");

  /** What machines read: statements of databases, media types, policies of browsers. */
  private static final Predicate<String> FOR_MACHINES =
      Pattern.compile(
              "(?s)\\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CHECKPOINT|PRAGMA|SQLite format|FOR UPDATE|document_key|FROM docker)\\b.*"
                  + "|.*(; charset=|-src '|Content-Type: ).*")
          .asMatchPredicate();

  /** What has names of stored fields, each list of them one text. */
  private static final String STORED_FORMAT = "StoredFormat.java";

  private SourceTexts() {}

  /** The texts of each type's file, by package and file name, sorted. */
  static SortedMap<String, NavigableSet<String>> under(Path sources) throws IOException {
    List<Path> files =
        Sources.below(sources).stream().filter(file -> !file.endsWith(STORED_FORMAT)).toList();
    SortedMap<String, NavigableSet<String>> texts = new TreeMap<>();
    for (CompilationUnitTree unit : Sources.parse(files)) {
      NavigableSet<String> found = new TreeSet<>();
      unit.accept(new Reader(), found);
      if (!found.isEmpty()) {
        texts.put(Sources.typeName(unit), found);
      }
    }
    return texts;
  }

  private static final class Reader extends TreeScanner<Void, NavigableSet<String>> {
    @Override
    public Void visitBinary(BinaryTree sum, NavigableSet<String> found) {
      List<ExpressionTree> parts = new ArrayList<>();
      flatten(sum, parts);
      boolean isText = parts.stream().anyMatch(part -> literal(part) != null);
      if (sum.getKind() != Tree.Kind.PLUS || !isText) {
        return super.visitBinary(sum, found);
      }
      StringBuilder text = new StringBuilder();
      for (ExpressionTree part : parts) {
        String literal = literal(part);
        if (literal == null) {
          text.append(choice(part));
          scan(part, found);
        } else {
          text.append(literal);
        }
      }
      add(text.toString(), found);
      return null;
    }

    @Override
    public Void visitLiteral(LiteralTree literal, NavigableSet<String> found) {
      String text = literal(literal);
      if (text != null) {
        add(text, found);
      }
      return null;
    }

    private static void flatten(ExpressionTree tree, List<ExpressionTree> parts) {
      if (tree instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
        flatten(sum.getLeftOperand(), parts);
        flatten(sum.getRightOperand(), parts);
      } else {
        parts.add(tree);
      }
    }

    /** What stands where a value is filled in: both words if it is one of two. */
    private static String choice(ExpressionTree part) {
      ExpressionTree inner = part;
      while (inner instanceof ParenthesizedTree brackets) {
        inner = brackets.getExpression();
      }
      if (inner instanceof ConditionalExpressionTree either) {
        String yes = literal(either.getTrueExpression());
        String no = literal(either.getFalseExpression());
        if (yes != null && no != null) {
          return "{" + yes + "|" + no + "}";
        }
      }
      return "{}";
    }

    private static String literal(ExpressionTree tree) {
      return tree instanceof LiteralTree constant && constant.getValue() instanceof String text
          ? text
          : null;
    }

    private static void add(String text, NavigableSet<String> found) {
      if (METRIC.matcher(text).matches()
          || (WORDS.matcher(text).matches() && !FOR_MACHINES.test(text))) {
        found.add(text.strip().replace("\\", "\\\\").replace("\n", "\\n"));
      }
    }
  }
}
