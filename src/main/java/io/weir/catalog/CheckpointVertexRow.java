package io.weir.catalog;

import io.weir.job.history.VertexRecord;
import io.weir.snapshot.VertexId;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** What one checkpoint cost one vertex. */
@Entity
@Table(name = "weir_checkpoint_vertex")
class CheckpointVertexRow {

  /** A vertex by its place in the plan. */
  @Embeddable
  record Key(
      @Column(name = "job_id") String jobId,
      @Column(name = "checkpoint_id") long checkpointId,
      @Column(name = "position") int position) {}

  @EmbeddedId private Key key;

  @Column(name = "vertex_id")
  private String vertexId;

  private String name;

  private String subtasks;

  private String operators;

  /** For JPA. */
  protected CheckpointVertexRow() {}

  CheckpointVertexRow(CheckpointRow.Key checkpoint, int position, VertexRecord record) {
    this.key = new Key(checkpoint.jobId(), checkpoint.checkpointId(), position);
    this.vertexId = record.id().toString();
    update(record);
  }

  final void update(VertexRecord record) {
    name = ColumnText.fit(record.name(), ColumnText.MESSAGE);
    subtasks = JsonColumn.ofSubtasks(record.subtasks());
    operators = OperatorsColumn.of(record.operators());
  }

  long checkpointId() {
    return key.checkpointId();
  }

  VertexRecord toRecord() {
    return new VertexRecord(
        VertexId.parse(vertexId),
        name,
        JsonColumn.toSubtasks(subtasks),
        OperatorsColumn.toRecords(operators));
  }
}
