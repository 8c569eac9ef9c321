package io.weir.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Locale;

/** The pages that are packed with Weir: whatever path no other resource answers. */
@Path("/")
@RequestScoped
public class PagesResource {
  private static final String START = "index.html";
  private static final String BINARY = "application/octet-stream";

  @Context private ServletContext files;

  /** The start of the web page. */
  @GET
  public Response start() {
    return file(START);
  }

  /** A file of the web page. */
  @GET
  @Path("{file: .+\\.(html|css|js|svg|png|ico)}")
  public Response file(@PathParam("file") String file) {
    String path = "/" + file;
    if (path.toUpperCase(Locale.ROOT).contains("/WEB-INF") || path.contains("..")) {
      throw new NotFoundException();
    }
    InputStream content = files.getResourceAsStream(path);
    if (content == null) {
      throw new NotFoundException();
    }
    String type = files.getMimeType(path);
    return Response.ok(content, type == null ? BINARY : type).build();
  }
}
