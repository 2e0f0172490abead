package io.cite.adapters.github;

import java.net.HttpURLConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The last answers, to ask with their tags: an answer that has not changed costs nothing of the
 * rate limit. Nothing is answered from here without asking GitHub. Bounded by number and by size;
 * thread-safe.
 *
 * @see <a
 *     href="https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate">Conditional
 *     requests</a>
 */
final class AnswerCache {
  private static final int MOST = 2_000;
  private static final int MOST_BYTES = 16 * 1024;

  private final Map<String, GitHubRest.Reply> answers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, GitHubRest.Reply> eldest) {
          return size() > MOST;
        }
      };

  /** The tag to ask for a path with. */
  synchronized Optional<String> etag(String path) {
    return Optional.ofNullable(answers.get(path)).flatMap(AnswerCache::etag);
  }

  private static Optional<String> etag(GitHubRest.Reply reply) {
    return reply.headers().firstValue("ETag");
  }

  /** The answer itself, or the one before if this one says that nothing has changed. */
  synchronized GitHubRest.Reply resolve(String path, GitHubRest.Reply reply) {
    if (reply.status() == HttpURLConnection.HTTP_NOT_MODIFIED) {
      GitHubRest.Reply before = answers.get(path);
      if (before != null) {
        return before;
      }
    } else if (etag(reply).isPresent() && reply.body().length <= MOST_BYTES) {
      answers.put(path, reply);
    } else {
      answers.remove(path);
    }
    return reply;
  }
}
