package io.weir.rest;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Lets in who may do what is asked. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class AccessFilter implements ContainerRequestFilter {
  /** The {@link Caller} of a request that was let in. */
  static final String CALLER = "weir.caller";

  private static final String BASIC = "Basic ";
  private static final String BEARER = "Bearer ";

  /** A proxy on this machine speaks for others. */
  private static final List<String> FORWARDED =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP");

  @Inject private Accounts accounts;
  @Context private ResourceInfo resource;
  @Context private HttpServletRequest servletRequest;

  @Override
  public void filter(ContainerRequestContext request) {
    Access.Verdict verdict = Access.decide(facts(request));
    if (verdict.isLetIn()) {
      request.setProperty(CALLER, verdict.caller().orElseThrow());
    } else {
      request.abortWith(refusal(verdict, isFromLoopback(request)));
    }
  }

  private Access.Facts facts(ContainerRequestContext request) {
    boolean isRead = request.getMethod().equals("GET");
    String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    return new Access.Facts(
        isRead,
        required(resource.getResourceMethod(), isRead),
        authorization == null
            ? Optional.empty()
            : authenticate(authorization, request.getSecurityContext()),
        authorization != null,
        isFromLoopback(request),
        accounts.roleOnLoopback(),
        request.getHeaderString(HttpHeaders.HOST),
        request.getHeaderString("Origin"),
        request.getHeaderString("Sec-Fetch-Site"));
  }

  static Role required(Method method, boolean isRead) {
    Requires requires = method.getAnnotation(Requires.class);
    if (requires != null) {
      return requires.value();
    }
    return isRead ? Role.VIEWER : Role.ADMIN;
  }

  private Optional<Caller> authenticate(String authorization, SecurityContext container) {
    if (isScheme(BASIC, authorization)) {
      return byPassword(authorization);
    }
    return isScheme(BEARER, authorization) ? byToken(container) : Optional.empty();
  }

  private static boolean isScheme(String scheme, String authorization) {
    return authorization.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  /** The container has looked at the token; with a valid one there is a principal. */
  static Optional<Caller> byToken(SecurityContext container) {
    Principal principal = container.getUserPrincipal();
    if (principal == null) {
      return Optional.empty();
    }
    Optional<Role> highest =
        Stream.of(Role.values())
            .filter(role -> container.isUserInRole(role.group()))
            .max(Comparator.naturalOrder());
    return Optional.of(new Caller(principal.getName(), highest));
  }

  private Optional<Caller> byPassword(String authorization) {
    String pair;
    try {
      pair =
          new String(
              Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip()),
              StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    int colon = pair.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String user = pair.substring(0, colon);
    return accounts
        .authenticate(user, pair.substring(colon + 1))
        .map(role -> new Caller(user, role));
  }

  private boolean isFromLoopback(ContainerRequestContext request) {
    try {
      return FORWARDED.stream().allMatch(name -> request.getHeaderString(name) == null)
          && InetAddress.getByName(servletRequest.getRemoteAddr()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Only who is on this machine is told where to look there. */
  private Response refusal(Access.Verdict verdict, boolean isHere) {
    if (verdict.status() != 401) {
      return ErrorMapper.answer(verdict.status(), verdict.reason());
    }
    return Response.fromResponse(
            ErrorMapper.answer(
                401, isHere ? verdict.reason() + " " + accounts.hint() : verdict.reason()))
        .header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Weir\", charset=\"UTF-8\"")
        .build();
  }
}
